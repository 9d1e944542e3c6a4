-- wrk tells the 50th, 75th, 90th and 99th percentile by itself; the goals are stated for the 95th.
done = function(_summary, latency, _requests)
  io.write(string.format("\n95th percentile: %.3fms\n", latency:percentile(95) / 1000))
end
