/** What OpenSSL and Node say of a handshake that failed, in plain words, and what to do about it. */
const ADVICE: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY|UNABLE_TO_GET_CRL/,
    'nobody that is trusted here vouches for its certificate: give its authority (or the certificate itself) ' +
      'with --ca FILE or tls: { ca: FILE }, or take any certificate with --insecure',
  ],
  [
    /ALTNAME_INVALID/,
    'its certificate is for another name: load it under that name, give the name with ' +
      '--server-name NAME or tls: { server-name: NAME }, or take any certificate with --insecure',
  ],
  [/CERT_HAS_EXPIRED/, 'its certificate has expired: renew it, or take any certificate with --insecure'],
  [
    /CERT_NOT_YET_VALID/,
    "its certificate is not valid yet: check this machine's clock, or take any certificate with --insecure",
  ],
  [
    /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNKNOWN_CA/,
    'it may want a certificate of the client: give one with --cert FILE --key FILE',
  ],
  [/NO_APPLICATION_PROTOCOL/, 'it does not speak this version of HTTP: try http: 1.1, or http: 2'],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|EPROTO/,
    'what answers there does not speak TLS: is it http:// instead of https://, or another port?',
  ],
]

const OTHERWISE = 'see what openssl s_client -connect says of it'

export function tlsAdvice(error: NodeJS.ErrnoException): string {
  const said = `${error.code ?? ''} ${error.message}`.replaceAll(' ', '_').toUpperCase()
  return ADVICE.find(([pattern]) => pattern.test(said))?.[1] ?? OTHERWISE
}
