-- Another box in each request, over the whole of the made-up records; its side in degrees is the first argument.
local side = 0.2
init = function(args)
  math.randomseed(os.time())
  if args[1] then side = tonumber(args[1]) end
end
request = function()
  local west = 26 + math.random() * (4 - side)
  local south = 63.5 + math.random() * (2 - side)
  local box = string.format("%.5f,%.5f,%.5f,%.5f", west, south, west + side, south + side)
  return wrk.format("GET", wrk.path .. "&bbox=" .. box)
end
done = function(_summary, latency, _requests)
  io.write(string.format("\n95th percentile: %.3fms\n", latency:percentile(95) / 1000))
end
