#!/bin/sh
# For a web server that only hosts files: fetches a municipality's pages (/export/<municipality>.zip, made by night) and puts them in place.
# In cron, each morning:  15 6 * * *  /usr/local/bin/bundle.sh https://portal.example example-town /var/www/html/sites
# The folder is replaced as a whole, after its check sums were right, so that a record that was withdrawn is gone from it.
set -u
portal=$1 town=$2 target=$3
next="$target.next" past="$target.past" zip="$target.zip" marks="$target.etag"
[ -d "$target" ] || rm -f "$marks"
trap 'rm -rf "$zip" "$next" "$past" "$marks.new"' EXIT

cp "$marks" "$marks.new" 2>/dev/null
status=$(curl --silent --max-time 600 --proto '=https,http' --etag-compare "$marks.new" --etag-save "$marks.new" \
  --output "$zip" --write-out '%{http_code}' "$portal/export/$town.zip") || { echo "the portal could not be reached" >&2; exit 1; }

[ "$status" = 304 ] && exit 0
[ "$status" = 200 ] || { echo "the portal answered $status" >&2; exit 1; }
rm -rf "$next" "$past"
unzip -q "$zip" -d "$next" && (cd "$next" && sha256sum --check --quiet --strict SHA256SUMS) || { echo "the archive is not whole" >&2; exit 1; }
chmod -R a+rX "$next"
[ -d "$target" ] && mv "$target" "$past"
mv "$next" "$target" && mv "$marks.new" "$marks"
