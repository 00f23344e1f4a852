import { expect, test } from 'vitest'
import { tlsAdvice } from '../../../src/http/tls-advice.ts'

const error = (code: string, message = ''): NodeJS.ErrnoException =>
  Object.assign(new Error(message), { code })

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /--ca FILE.*--insecure/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /--ca FILE/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /--ca FILE/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /--server-name NAME/],
  ['CERT_HAS_EXPIRED', /has expired.*--insecure/],
  ['CERT_NOT_YET_VALID', /clock/],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /--cert FILE --key FILE/],
  ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', /http: 1\.1/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', /http:\/\/ instead of https:/],
  ['ERR_OF_TOMORROW', /openssl s_client/],
])('%s: what to do is said', (code, advice) => {
  expect(tlsAdvice(error(code))).toMatch(advice)
})

test('the code may also be in the message alone', () => {
  const message = 'write EPROTO 140:error:0A00045C:SSL routines::tlsv13 alert certificate required:record.c'
  expect(tlsAdvice(error('EPROTO', message))).toMatch(/--cert FILE/)
})
