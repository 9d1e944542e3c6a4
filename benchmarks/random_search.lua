-- Another box and another word in each request, so that nothing is answered from memory of the last one.
math.randomseed(os.time())
local words = { "tontti", "rata", "saha", "kaivos", "matkailu", "varasto", "satama" }
request = function()
  local west = 26.5 + math.random() * 3
  local south = 63.7 + math.random() * 1.4
  local box = string.format("%.3f,%.3f,%.3f,%.3f", west, south, west + 0.6, south + 0.3)
  return wrk.format("GET", wrk.path .. "?q=" .. words[math.random(#words)] .. "&bbox=" .. box)
end
done = function(_summary, latency, _requests)
  io.write(string.format("\n95th percentile: %.3fms\n", latency:percentile(95) / 1000))
end
