-- For wrk: sends the requests of a file one after the other, over and over. A line is a path, then headers, by tabs.
local requests, number = {}, 0
local threads = {}
sent = -1 -- wrk makes one request before it starts, to look at it

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do
    local path, headers = nil, {}
    for word in line:gmatch("[^\t]+") do
      if path == nil then
        path = word
      else
        local name, value = word:match("^(.-): (.*)$")
        headers[name] = value
      end
    end
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  sent = sent + 1
  number = number % #requests + 1
  return requests[number]
end

function done(summary, latency)
  local all = 0
  for _, thread in ipairs(threads) do
    all = all + thread:get("sent")
  end
  local errors = summary.errors
  io.write(string.format(
    "result sent=%d answered=%d failed=%d broken=%d microseconds=%d bytes=%d p50=%d p99=%d\n",
    all, summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99)))
end
