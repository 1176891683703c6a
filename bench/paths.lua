-- wrk script: random requests out of a file. After "--": FILE SEED. A line of FILE is a target, and behind a tab an entity tag for
-- If-None-Match. Every request is built once, before the clock runs. The last line that is printed is for bench/run.py.

local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init(arguments)
    requests = {}
    for line in io.lines(arguments[1]) do
        local target, tag = line:match("^([^\t]+)\t?(.*)$")
        local headers = {["Host"] = wrk.host .. ":" .. wrk.port}
        if tag ~= "" then
            headers["If-None-Match"] = tag
        end
        requests[#requests + 1] = wrk.format("GET", target, headers)
    end
    math.randomseed(tonumber(arguments[2]) + number)
end

function request()
    return requests[math.random(#requests)]
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        'RESULT {"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.3f, "p99": %.3f, "worst": %.3f, "bad_status": %d, "failed": %d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        latency.max / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
