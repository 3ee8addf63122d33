# A whole installation in a folder of its own, and its server, for the tests in
# this folder. Sourced; $bin is where the programs lie.

work=$(mktemp -d)
server_pid=

finish() {
  if [[ -n $server_pid ]]; then
    kill -TERM "$server_pid" 2>/dev/null
    wait "$server_pid" 2>/dev/null
  fi
  rm -rf "$work"
}
trap finish EXIT

# start_server NAME: an installation $work/NAME on a free port; leaves its admin
# in STEGVIS_PROFILE.
start_server() {
  local node=$work/$1 said
  "$bin/stegvis" init "$node" --port 0 >/dev/null
  mkfifo "$node.said"
  "$bin/stegvisd" --config "$node/stegvis.toml" \
    >"$node.said" 2>"$node.log" &
  server_pid=$!
  if ! read -r said <"$node.said"; then
    cat "$node.log" >&2
    exit 1
  fi
  # Port 0 is any free one: only the server knows which.
  sed -i "s|^address *=.*|address = \"${said#listening on }\"|" \
    "$node"/profiles/*.toml
  export STEGVIS_PROFILE=$node/profiles/admin.toml
}

stop_server() {
  kill -TERM "$server_pid"
  wait "$server_pid"
  server_pid=
}
