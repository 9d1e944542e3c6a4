#!/bin/sh
# For a web server that only hosts files: fetches the offer as a file that a page includes, or that is a page by itself.
# In cron, every ten minutes:  */10 * * * *  /usr/local/bin/fetch.sh https://portal.example example-town fi /var/www/html/offer.html abcd1234
# The last argument (the channel key) may be left out. A file is replaced only by a whole and right answer, in one move; while the
# portal is away the last good one stays. Exit code 0: it is as the portal has it; 1: it is not, and a line says why.
set -u
portal=$1 town=$2 language=$3 target=$4 channel=${5:-}
address="$portal/embed/$town/fragment.html?lang=$language${channel:+&channel=$channel}"
new="$target.new" marks="$target.etag"
[ -s "$target" ] || rm -f "$marks"
trap 'rm -f "$new" "$marks.new"' EXIT

cp "$marks" "$marks.new" 2>/dev/null
status=$(curl --silent --max-time 20 --max-filesize 1000000 --proto '=https,http' --etag-compare "$marks.new" --etag-save "$marks.new" \
  --output "$new" --write-out '%{http_code}' "$address") || { echo "the portal could not be reached: $address" >&2; exit 1; }

[ "$status" = 304 ] && exit 0
if [ "$status" != 200 ] || ! grep -q 'vetovoima-' "$new" || ! grep -q '</section>' "$new"; then
  echo "the portal answered $status, and no offer: $address" >&2
  exit 1
fi
chmod 644 "$new" && mv "$new" "$target" && mv "$marks.new" "$marks"
