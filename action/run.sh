#!/usr/bin/env bash
# Runs the suite (SUITE) with what the action's inputs say (INPUT_*, CONFORMANCE_*), and writes the step's summary and outputs.
# Ends with the exit code of the run.
set -uo pipefail

args=(run --profile "${INPUT_PROFILE:-core}" --out "$INPUT_OUT")
add() { if [ -n "$2" ]; then args+=("$1" "$2"); fi; }
add --filter "${INPUT_FILTER:-}"
add --baseline "${INPUT_BASELINE:-}"
add --project "${INPUT_PROJECT:-}"
add --project-version "${INPUT_PROJECT_VERSION:-}"
if [ "${INPUT_STRICT:-}" = true ]; then args+=(--strict); fi
read -r -a more <<< "${INPUT_ARGS:-}"
args+=(${more[@]+"${more[@]}"})

# An input that was not given is an empty variable, which is not the same as none.
for name in CONFORMANCE_SECOND_ACCESS_KEY CONFORMANCE_SECOND_SECRET_KEY CONFORMANCE_REGION; do
  if [ -z "${!name:-}" ]; then unset "$name"; fi
done

mkdir -p "$INPUT_OUT"
log=$INPUT_OUT/gate.txt
"$SUITE" "${args[@]}" | tee "$log"
code=${PIPESTATUS[0]}

if [ -n "${INPUT_PREVIOUS:-}" ] && [ -f "$INPUT_OUT/results.json" ]; then
  "$SUITE" diff "$INPUT_PREVIOUS" "$INPUT_OUT/results.json" > "$INPUT_OUT/diff.md"
fi

{
  echo '## S3 conformance'
  echo
  echo '```'
  # The gate's last words; a summary holds 1 MiB.
  tail -n 60 "$log"
  echo '```'
  if [ -f "$INPUT_OUT/diff.md" ]; then cat "$INPUT_OUT/diff.md"; fi
  if [ -f "$INPUT_OUT/matrix.md" ]; then
    echo '<details><summary>Operations</summary>'
    echo
    cat "$INPUT_OUT/matrix.md"
    echo '</details>'
  fi
} >> "$GITHUB_STEP_SUMMARY"

{
  echo "exit-code=$code"
  echo "results=$INPUT_OUT/results.json"
} >> "$GITHUB_OUTPUT"
exit "$code"
