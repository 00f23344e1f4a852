import type { Fault } from './field.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** `Basic …` from the `user:password` of a URL, percent-decoded, as UTF-8 (RFC 7617). */
export function basicAuthorization(userInfo: string): string | Fault {
  const encoded = userInfo.includes(':') ? userInfo : `${userInfo}:`
  const wellFormed = !/%(?![0-9a-f]{2})/i.test(encoded) && !/[^\x21-\x7E]/.test(encoded)
  const octets = wellFormed ? octetsOf(encoded) : []
  if (
    wellFormed &&
    !/%3a/i.test(encoded.split(':', 1)[0]!) &&
    octets.every(octet => octet >= 32 && octet !== 127)
  )
    return `Basic ${base64(octets)}`
  return {
    code: 'scenario/target-user',
    message: 'the user name or password of the target cannot be sent as Basic authorization',
    fix: 'percent-encode special characters (@ is %40), or write headers: { authorization: … }',
  }
}

/** The octets of percent-encoded ASCII. */
function octetsOf(encoded: string): readonly number[] {
  return [...encoded.matchAll(/%([0-9a-f]{2})|(.)/gi)].map(([, hex, char]) =>
    hex === undefined ? char!.charCodeAt(0) : Number.parseInt(hex, 16),
  )
}

/** RFC 4648, section 4. */
function base64(octets: readonly number[]): string {
  let text = ''
  for (let i = 0; i < octets.length; i += 3) {
    const [a = 0, b = 0, c = 0] = octets.slice(i, i + 3)
    const bits = (a << 16) | (b << 8) | c
    for (let digit = 0; digit < 4; digit += 1) {
      const beyond = i + digit > octets.length
      text += beyond ? '=' : ALPHABET[(bits >> (18 - 6 * digit)) & 63]
    }
  }
  return text
}
