#!/bin/sh
# Our exporter against those of OpenSSL and GnuTLS's command line, suite by suite.
# usage: keymatexport.sh EXPORTING-SERVER
set -eu

server=$1
label=EXPORTER-oneM2M-Connection
key=0707070707070707070707070707070707070707070707070707070707070707
work=$(mktemp -d)
pid=
trap 'test -z "$pid" || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT INT TERM

start() { # kind
    : >"$work/log"
    "$server" "$1" >"$work/log" 2>"$work/err" &
    pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        port=$(sed -n 's/^PORT //p' "$work/log")
        test -z "$port" || return 0
        sleep 0.1
    done
    echo "the server did not start" >&2
    cat "$work/err" >&2
    exit 1
}

stop() {
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    pid=
}

lines() { wc -l <"$work/log"; }

# What the server said since line $1 under the word $2.
said() { tail -n "+$(($1 + 1))" "$work/log" | sed -n "s/^$2 //p" | tail -n 1; }

check() { # name, line of the log before, expected suite; the client's output is in $work/client
    theirs=$(tr 'a-f' 'A-F' <"$work/client" |
        sed -n 's/.*[Kk][Ee]y\(ing\)\{0,1\} m[Aa]t[Ee]ri[Aa]l: \([0-9A-F]\{96\}\).*/\2/p' | head -n 1)
    ours=$(said "$2" KEY)
    suite=$(said "$2" SUITE)
    if [ -z "$ours" ] || [ "$ours" != "$theirs" ] || [ "$suite" != "$3" ]; then
        echo "FAIL $1: suite '$suite', expected '$3'; ours '$ours', theirs '$theirs'" >&2
        tail -n 5 "$work/log" >&2
        tail -n 20 "$work/client" >&2
        exit 1
    fi
    echo "ok $1: $suite"
}

openssl_client() { # name, expected suite, further options
    name=$1 suite=$2 before=$(lines)
    shift 2
    (sleep 0.3) | timeout 10 openssl s_client -connect "127.0.0.1:$port" \
        -servername mef.example.com -keymatexport "$label" -keymatexportlen 48 "$@" \
        >"$work/client" 2>&1 || true
    check "openssl $name" "$before" "$suite"
}

gnutls_client() { # name, expected suite, further options
    name=$1 suite=$2 before=$(lines)
    shift 2
    (sleep 0.3) | timeout 10 gnutls-cli --port "$port" --sni-hostname mef.example.com \
        --insecure --keymatexport "$label" --keymatexportsize 48 "$@" 127.0.0.1 \
        >"$work/client" 2>&1 || true
    check "gnutls-cli $name" "$before" "$suite"
}

refused() { # name, part of the server's sentence, then the client
    name=$1 sentence=$2 before=$(lines)
    shift 2
    (sleep 0.2) | timeout 10 "$@" >"$work/client" 2>&1 || true
    case $(said "$before" REFUSED) in
    *"$sentence"*) echo "ok refused: $name" ;;
    *)
        echo "FAIL $name was not refused with '$sentence'" >&2
        tail -n 5 "$work/log" >&2
        exit 1
        ;;
    esac
}

psk12="NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL"

start psk
id="-psk_identity 00112233445566778899AABBCCDDEEFF@mef.example.com -psk $key -tls1_2"
# shellcheck disable=SC2086 # $id is several options
{
    openssl_client all "TLS1.2 ECDHE-PSK CHACHA20-POLY1305" $id
    openssl_client ecdhe-cbc "TLS1.2 ECDHE-PSK AES-128-CBC SHA256" $id \
        -cipher ECDHE-PSK-AES128-CBC-SHA256
    openssl_client gcm "TLS1.2 PSK AES-128-GCM" $id -cipher PSK-AES128-GCM-SHA256
    openssl_client ccm "TLS1.2 PSK AES-128-CCM" $id -cipher PSK-AES128-CCM
    openssl_client cbc "TLS1.2 PSK AES-128-CBC SHA256" $id -cipher PSK-AES128-CBC-SHA256
    refused "a wrong key" "ecryption has failed" openssl s_client -connect "127.0.0.1:$port" \
        -servername mef.example.com -tls1_2 -psk_identity x -psk 0123456789abcdef0123456789abcdef
    refused "no server name" "names no server" openssl s_client -connect "127.0.0.1:$port" \
        -noservername $id
    refused "TLS 1.3 only" "does not offer TLS 1.2" openssl s_client -connect "127.0.0.1:$port" \
        -servername mef.example.com -tls1_3 -psk $key
    refused "DHE-PSK" "no cipher suite of ours" openssl s_client -connect "127.0.0.1:$port" \
        -servername mef.example.com $id -cipher DHE-PSK-AES128-GCM-SHA256
}
# gnutls-cli 3.7.9 itself dies when it prints an ECDHE-PSK session, so it gets the plain ones.
gnutls_client gcm "TLS1.2 PSK AES-128-GCM" --pskusername me@mef.example.com \
    --pskkey $key --priority "$psk12:+PSK"
gnutls_client cbc "TLS1.2 PSK AES-128-CBC SHA256" --pskusername me@mef.example.com \
    --pskkey $key --priority "$psk12:+PSK:-CIPHER-ALL:+AES-128-CBC:+SHA256"
refused "no extended master secret" "extended master secret" gnutls-cli --port "$port" \
    --sni-hostname mef.example.com --insecure --pskusername me@mef.example.com --pskkey $key \
    --priority "$psk12:+PSK:%NO_SESSION_HASH" 127.0.0.1
stop

start certificate
openssl_client tls13 "TLS1.3 AES-128-GCM" -tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256
openssl_client tls13-chacha "TLS1.3 CHACHA20-POLY1305" -tls1_3 \
    -ciphersuites TLS_CHACHA20_POLY1305_SHA256
openssl_client tls12 "TLS1.2 ECDHE-ECDSA AES-128-GCM" -tls1_2
openssl_client tls12-cbc "TLS1.2 ECDHE-ECDSA AES-128-CBC SHA256" -tls1_2 \
    -cipher ECDHE-ECDSA-AES128-SHA256
gnutls_client tls13 "TLS1.3 AES-128-GCM" --priority "NORMAL"
gnutls_client tls12 "TLS1.2 ECDHE-ECDSA AES-128-GCM" --priority "NORMAL:-VERS-ALL:+VERS-TLS1.2"
stop
