#!/bin/sh
# Makes the certificates and revocation lists that our own issuing code refuses to make: other
# curves, keys, hashes and kinds of list. Needs the openssl program (written with 3.0); the keys are
# thrown away. The tests judge them in 2033; they are valid until 2126.
set -eu

cd "$(dirname "$0")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
days=36500

cat >"$keys/conf" <<END
[req]
distinguished_name = dn
[dn]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[leaf]
keyUsage = critical,digitalSignature
subjectAltName = DNS:maf.example.com
[ca]
default_ca = plain
[plain]
database = $keys/index
crlnumber = $keys/number
default_md = sha256
default_crl_days = $days
[unnumbered]
database = $keys/index
default_md = sha256
default_crl_days = $days
crl_extensions = nothing
[nothing]
authorityKeyIdentifier = keyid:always
[partial]
issuingDistributionPoint = critical,@users
[users]
onlyuser = TRUE
[delta]
2.5.29.27 = critical,DER:02:01:01
END

# root NAME GENPKEY-ARGUMENTS...: a self-signed authority.
root() {
    name=$1
    shift
    openssl genpkey -quiet -out "$keys/$name.key" "$@"
    openssl req -new -x509 -config "$keys/conf" -extensions authority -subj "/CN=$name" \
        -days $days -sha256 -key "$keys/$name.key" -out "$name.pem"
}

# issue NAME ISSUER SECTION DIGEST GENPKEY-ARGUMENTS...
issue() {
    name=$1 issuer=$2 section=$3 digest=$4
    shift 4
    openssl genpkey -quiet -out "$keys/$name.key" "$@"
    openssl req -new -config "$keys/conf" -subj "/CN=$name" -key "$keys/$name.key" \
        -out "$keys/$name.csr"
    openssl x509 -req -in "$keys/$name.csr" -CA "$issuer.pem" -CAkey "$keys/$issuer.key" \
        -days $days "-$digest" -extfile "$keys/conf" -extensions "$section" -out "$name.pem"
}

# crl NAME OPTIONS...: an empty list by the root.
crl() {
    name=$1
    shift
    openssl ca -config "$keys/conf" -gencrl -cert root.pem -keyfile "$keys/root.key" \
        -out "$name.pem" "$@"
}

p256="-algorithm EC -pkeyopt ec_paramgen_curve:P-256"

root root $p256
root rsa_root -algorithm RSA -pkeyopt rsa_keygen_bits:2048
root p384_root -algorithm EC -pkeyopt ec_paramgen_curve:P-384

issue good root leaf sha256 $p256
issue sha1 root leaf sha1 $p256
issue sha384 root leaf sha384 $p256
issue sha512 root leaf sha512 $p256
issue p384 root leaf sha256 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
issue p521 root leaf sha256 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
issue secp256k1 root leaf sha256 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
issue brainpool root leaf sha256 -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1
issue explicit root leaf sha256 $p256 -pkeyopt ec_param_enc:explicit
issue rsa root leaf sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
issue rsa1024 root leaf sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:1024
issue ed25519 root leaf sha256 -algorithm ED25519
issue by_rsa rsa_root leaf sha256 $p256
issue by_p384 p384_root leaf sha256 $p256

# A compressed point cannot be had from genpkey.
openssl genpkey -quiet -out "$keys/plain.key" $p256
openssl ec -in "$keys/plain.key" -conv_form compressed -out "$keys/compressed.key" 2>"$keys/log"
openssl req -new -config "$keys/conf" -subj "/CN=compressed" -key "$keys/compressed.key" \
    -out "$keys/compressed.csr"
openssl x509 -req -in "$keys/compressed.csr" -CA root.pem -CAkey "$keys/root.key" -days $days \
    -sha256 -extfile "$keys/conf" -extensions leaf -out compressed.pem

# An intermediate that is wrong, and a leaf of the profile below it.
issue between_sha1 root authority sha1 $p256
issue below_sha1 between_sha1 leaf sha256 $p256
issue between_p384 root authority sha256 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
issue below_p384 between_p384 leaf sha256 $p256
issue between_rsa root authority sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
issue below_rsa between_rsa leaf sha256 $p256

: >"$keys/index"
echo 07 >"$keys/number"
crl crl_good
crl crl_sha384 -md sha384
crl crl_partial -crlexts partial
crl crl_delta -crlexts delta
crl crl_unnumbered -name unnumbered
