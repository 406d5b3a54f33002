#!/usr/bin/env bash
# Publishes a demo stream to a gate, over and over, until it is ended: moving colours with a soft tone, no label in
# the picture, and an implicit label in onMetaData that says it was generated (GB 45438-2025 Annex E, bare form).
#
#   deploy/demo.sh PUBLISH_URL [HEALTH_URL]
#
# With HEALTH_URL it waits until that answers before it publishes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

url=${1:?usage: deploy/demo.sh PUBLISH_URL [HEALTH_URL]}
health=${2-}
clip=artifacts/demo/demo.flv
# On its first writing the propagator's fields equal the producer's (Annex E note 1).
aigc='{"Label":"1","ContentProducer":"INTEGRITYGATE-DEMO","ProduceID":"demo-0001","ReservedCode1":"","ContentPropagator":"INTEGRITYGATE-DEMO","PropagateID":"demo-0001","ReservedCode2":""}'

ffmpeg_pid=''
trap '[[ ! $ffmpeg_pid ]] || kill -TERM "$ffmpeg_pid" 2>/dev/null || true; exit 0' INT TERM HUP
# A session of its own keeps a terminal's Ctrl-C from ffmpeg: our TERM alone lets it say goodbye to the gate.
run_ffmpeg() {
    setsid ffmpeg -nostdin -hide_banner -loglevel error "$@" &
    ffmpeg_pid=$!
    local status=0
    wait "$ffmpeg_pid" || status=$?
    ffmpeg_pid=''
    return "$status"
}
pause() { sleep "$1" & wait $!; } # a trap runs at once in wait, only afterwards in sleep

# 32 s is a whole number of AAC frames (1,500 of 1,024 samples at 48 kHz) and of GOPs (16 of 60 pictures), so the
# clip joins to itself without a gap.
if [[ ! -f $clip ]]; then
    echo "Making the demo clip (once)"
    mkdir -p "${clip%/*}"
    # Soft clouds of colour, computed small and enlarged; every phase comes round after 32 s.
    picture="color=black:s=160x90:r=30,format=gbrp,geq="
    picture+="r='118+90*sin(X/31+PI*T/8)*cos(Y/23-PI*T/16)':"
    picture+="g='96+70*sin((X+Y)/41-PI*T/8)*sin(Y/29+PI*T/16)':"
    picture+="b='150+80*cos(X/27-PI*T/16)*sin((X-Y)/37+PI*T/8)',"
    picture+="scale=1280:720:flags=bicubic,format=yuv420p"
    # A major chord, breathing.
    sound="sine=frequency=220:sample_rate=48000,volume=0.3[a];"
    sound+="sine=frequency=277.18:sample_rate=48000,volume=0.25[b];"
    sound+="sine=frequency=329.63:sample_rate=48000,volume=0.2[c];"
    sound+="[a][b][c]amix=inputs=3,tremolo=f=0.25:d=0.5,lowpass=f=900"
    run_ffmpeg -y \
        -f lavfi -i "$picture" \
        -f lavfi -i "$sound" \
        -t 32 -c:v libx264 -preset veryfast -profile:v main -pix_fmt yuv420p -b:v 1500k -maxrate 1500k -bufsize 3000k \
        -g 60 -keyint_min 60 -sc_threshold 0 -bf 0 -c:a aac -b:a 96k -ac 2 \
        -metadata AIGC="$aigc" -f flv "$clip.part"
    mv "$clip.part" "$clip"
fi

if [[ $health ]]; then
    until curl --silent --fail --max-time 2 --output /dev/null "$health"; do pause 0.5; done
fi
echo "Demo: publishing $clip to $url in a loop"
while :; do
    run_ffmpeg -re -stream_loop -1 -i "$clip" -c copy -metadata AIGC="$aigc" -f flv "$url" || true
    echo "Demo: the connection ended; publishing again in 2 s" >&2
    pause 2
done
