-- A connector belongs to one workspace. A planner that takes the two columns for independent expects a page to have one
-- record, and would rather sort all records of a connector than walk over them in the order of the page.

create statistics job_of_connector (dependencies) on workspace_id, connector_id from job;
create statistics candidate_of_connector (dependencies) on workspace_id, connector_id from candidate;
create statistics application_of_connector (dependencies) on workspace_id, connector_id from application;
create statistics attachment_of_connector (dependencies) on workspace_id, connector_id from attachment;
create statistics department_of_connector (dependencies) on workspace_id, connector_id from department;
create statistics location_of_connector (dependencies) on workspace_id, connector_id from location;
create statistics member_of_connector (dependencies) on workspace_id, connector_id from member;
create statistics term_of_connector (dependencies) on workspace_id, connector_id from term;
create statistics stage_of_connector (dependencies) on workspace_id, connector_id from stage;
create statistics screening_question_of_connector (dependencies) on workspace_id, connector_id from screening_question;
create statistics reject_reason_of_connector (dependencies) on workspace_id, connector_id from reject_reason;
create statistics activity_of_connector (dependencies) on workspace_id, connector_id from activity;
create statistics eeoc_of_connector (dependencies) on workspace_id, connector_id from eeoc;
create statistics interview_of_connector (dependencies) on workspace_id, connector_id from interview;
create statistics scorecard_of_connector (dependencies) on workspace_id, connector_id from scorecard;
create statistics offer_of_connector (dependencies) on workspace_id, connector_id from offer;

analyze job;
analyze candidate;
analyze application;
