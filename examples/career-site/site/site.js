// Two views: the list (with filters in the address) and, with ?vacancy=SLUG, one vacancy with its form.
// The key is not here: /api goes to the little proxy in serve.py.

const main = document.querySelector("#main");
const FILTERS = [
  ["locations", "location_id[]", "Place"],
  ["departments", "department_id[]", "Department"],
  ["job_types", "job_types[]", "Kind of contract"],
  ["tags", "tags[]", "Field of work"],
];
const SHOWN = 8;

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

// Rolecall cleans texts before it stores them, and the page's policy runs no script of theirs.
function rich(text) {
  const node = el("div", { class: "prose" });
  if (/<[a-z!/]/i.test(text ?? "")) node.innerHTML = text;
  else node.append(...(text ?? "").split(/\n{2,}/).map((part) => el("p", {}, part)));
  return node;
}

async function call(path, options) {
  const answer = await fetch(`api${path}`, options);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(body.message ?? "The list cannot be loaded."), { status: answer.status, errors: body.errors });
  return body;
}

function place(vacancy) {
  const at = vacancy.location;
  return at ? [...new Set([at.name, at.country_name])].filter(Boolean).join(", ") : "Any place";
}

function pay(compensation) {
  if (!compensation) return null;
  const money = new Intl.NumberFormat("en", { style: "currency", currency: compensation.currency, maximumFractionDigits: 0 });
  const amounts = [...new Set([compensation.min, compensation.max].filter((amount) => amount != null))];
  return `${amounts.map((amount) => money.format(amount)).join(" – ")} a ${compensation.period}`;
}

function card(vacancy) {
  const about = [place(vacancy), vacancy.department?.name].filter(Boolean).join(" · ");
  const chips = [...vacancy.job_types, ...vacancy.tags].slice(0, 4).map((tag) => el("li", {}, tag.name));
  return el("li", { class: "card" },
    el("h3", {}, el("a", { href: `?vacancy=${vacancy.slug}` }, vacancy.title)),
    el("p", { class: "meta" }, about),
    vacancy.summary ? el("p", {}, rich(vacancy.summary).textContent) : null,
    chips.length ? el("ul", { class: "chips" }, chips) : null);
}

function ordered(options) {
  const subs = (id) => options.filter((option) => option.parent_id === id);
  if (!options.some((option) => option.parent_id)) return options;
  const known = new Set(options.map((option) => option.id));
  return options.filter((option) => !known.has(option.parent_id)).flatMap((option) => [option, ...subs(option.id)]);
}

function filter([list, name, title], facets) {
  const options = ordered(facets[list]).filter((option, number) => number < SHOWN || option.selected);
  if (!options.length) return null;
  return el("fieldset", {}, el("legend", {}, title), options.map((option) =>
    el("label", { class: option.parent_id ? "option sub" : "option" },
      el("input", { type: "checkbox", name, value: option.id, checked: option.selected }),
      el("span", { class: "name" }, option.name), el("span", { class: "count" }, String(option.count)))));
}

function address(form) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return query.size ? `?${query}` : "./";
}

async function showList(query) {
  const asked = new URLSearchParams(query);
  asked.set("include", "facets");
  asked.set("per_page", "10");
  const { data, meta, facets } = await call(`/vacancies?${asked}`);
  const wide = matchMedia("(min-width: 52rem)").matches;
  const form = el("form", { id: "filters", role: "search", onsubmit: (event) => { event.preventDefault(); go(address(form)); } },
    el("div", { class: "search" },
      el("input", { type: "search", name: "search", value: query.get("search"), "aria-label": "Search vacancies", placeholder: "Title or word" }),
      el("button", {}, "Search")));
  const filters = el("details", { open: wide || FILTERS.some(([, name]) => query.has(name)) }, el("summary", {}, "Filters"),
    FILTERS.map((found) => filter(found, facets)));
  for (const box of filters.querySelectorAll("input")) {
    box.setAttribute("form", "filters");
    box.addEventListener("change", () => go(address(form), `${box.name}=${box.value}`));
  }
  const count = meta.total === 1 ? "1 vacancy" : `${meta.total} vacancies`;
  show("Work with us",
    el("h1", {}, "Find work that suits you"),
    el("p", { class: "lede" }, "Search by word, or narrow the list down."),
    form,
    el("div", { class: "columns" }, filters, el("section", { "aria-labelledby": "found" },
      el("h2", { id: "found", role: "status" }, count),
      data.length ? el("ul", { class: "list" }, data.map(card)) : el("p", { class: "status" }, "Nothing fits. Take a filter away."),
      pager(query, meta))));
}

function pager(query, { current_page: page, last_page: last }) {
  if (last < 2) return null;
  const link = (number, text) => {
    const target = new URLSearchParams(query);
    target.set("page", number);
    return el("a", { class: "button", href: `?${target}` }, text);
  };
  return el("nav", { class: "pager", "aria-label": "Pages" },
    page > 1 ? link(page - 1, "Previous") : el("span"),
    el("span", {}, `Page ${page} of ${last}`),
    page < last ? link(page + 1, "Next") : el("span"));
}

async function showVacancy(slug) {
  const { data: vacancy } = await call(`/vacancies/${encodeURIComponent(slug)}?include_compensation=1`);
  const facts = [place(vacancy), vacancy.department?.name, pay(vacancy.compensation), ...vacancy.job_types.map((type) => type.name)];
  const cover = vacancy.header_images?.wide?.medium ?? vacancy.header_image?.medium;
  show(vacancy.title,
    el("p", {}, el("a", { href: "./" }, "← All vacancies")),
    cover ? el("img", { class: "cover", src: cover, alt: "" }) : null,
    el("h1", {}, vacancy.title),
    el("p", { class: "meta" }, facts.filter(Boolean).join(" · ")),
    el("div", { class: "columns vacancy" },
      rich(vacancy.description ?? vacancy.summary),
      apply(vacancy)));
}

const FIELDS = [
  ["candidate[first_name]", "First name", { required: true, autocomplete: "given-name" }],
  ["candidate[last_name]", "Last name", { required: true, autocomplete: "family-name" }],
  ["candidate[email]", "E-mail", { required: true, type: "email", autocomplete: "email" }],
  ["candidate[phone]", "Phone (optional)", { type: "tel", autocomplete: "tel" }],
  ["documents[0][file]", "Resume (pdf, doc, docx, odt, rtf or txt)", { required: true, type: "file", accept: ".pdf,.doc,.docx,.odt,.rtf,.txt" }],
];

function apply(vacancy) {
  const inputs = FIELDS.map(([name, title, attributes]) =>
    el("label", { class: "field" }, el("b", {}, title), el("input", { name, ...attributes }), el("span", { class: "wrong", role: "alert" })));
  const form = el("form", { class: "apply", "aria-labelledby": "apply", onsubmit: (event) => { event.preventDefault(); send(form, vacancy); } },
    el("h2", { id: "apply" }, "Apply"),
    el("div", { class: "told", role: "alert" }),
    inputs,
    el("label", { class: "field" }, el("b", {}, "Why you? (optional)"), el("textarea", { name: "motivation", rows: 4 })),
    el("label", { class: "option field" }, el("input", { type: "checkbox", name: "consent[privacy_policy]", value: "1", required: true }),
      el("span", { class: "name" }, "You may keep my details to handle this application.")),
    el("button", {}, "Send the application"));
  return form;
}

// The same body again within a day is one application, so a second press or another try does no harm.
async function send(form, vacancy) {
  const body = new FormData(form);
  body.set("vacancy", vacancy.slug);
  body.set("documents[0][type]", "resume");
  for (const name of ["candidate[phone]", "motivation"]) if (!body.get(name)) body.delete(name);
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await call("/applications", { method: "POST", body });
    const thanks = el("div", { class: "apply", tabindex: "-1" }, el("h2", {}, "Thank you"), el("p", { role: "status" }, `Your application for ${vacancy.title} has arrived.`));
    form.replaceWith(thanks);
    thanks.focus();
  } catch (error) {
    tell(form, error);
  } finally {
    button.disabled = false;
  }
}

function tell(form, error) {
  const left = { ...error.errors };
  for (const input of form.querySelectorAll(".field input")) {
    const field = input.name.replaceAll("]", "").replaceAll("[", ".");
    const place = input.parentElement.querySelector(".wrong");
    if (place) place.textContent = (left[field] ?? []).join(" ");
    input.setAttribute("aria-invalid", field in left);
    delete left[field];
  }
  const rest = Object.values(left).flat().join(" ");
  const text = rest || (error.errors ? "Something is not right yet, see below." : "That did not work. Your text is still here: try again in a minute.");
  form.querySelector(".told").replaceChildren(el("p", { class: "notice" }, text));
}

function show(title, ...content) {
  document.title = title;
  main.replaceChildren(...content.filter((part) => part != null));
}

async function render() {
  const query = new URLSearchParams(location.search);
  try {
    await (query.has("vacancy") ? showVacancy(query.get("vacancy")) : showList(query));
  } catch (error) {
    const gone = error.status === 404;
    show("Not found", el("h1", {}, gone ? "This vacancy is no longer here" : "That did not work"),
      el("p", {}, gone ? "It may have been filled. " : `${error.message} `, el("a", { href: "./" }, "See all vacancies")));
  }
}

async function go(target, focus) {
  history.pushState(null, "", target);
  await render();
  const [name, value] = focus?.split("=") ?? [];
  const again = name && main.querySelector(`input[name="${name}"][value="${value}"]`);
  if (again) again.focus();
  else if (!focus) main.querySelector("input[type=search]")?.focus();
}

addEventListener("popstate", render);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='?'], a[href='./']");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  scrollTo(0, 0);
  render().then(() => main.focus({ preventScroll: true }));
});
render();
