export const TAB = 9
export const LF = 10
export const CR = 13
export const SPACE = 32
export const COLON = 58
export const SEMICOLON = 59
export const ZERO = 48

const membership = (holds: (byte: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => Number(holds(byte)))

const MARKS = "!#$%&'*+-.^_`|~"

/** What a field name may be made of (RFC 9110 §5.6.2): 1 at those bytes. */
export const IS_TOKEN: Uint8Array = membership(byte => {
  const character = String.fromCharCode(byte)
  return /[0-9A-Za-z]/.test(character) || MARKS.includes(character)
})

/** What a field value or a reason phrase may be made of (RFC 9110 §5.5): no control characters but the tab. */
export const IS_TEXT: Uint8Array = membership(byte => byte === TAB || (byte >= SPACE && byte !== 127))

/** The value of a hexadecimal digit; 255 at any other byte. */
export const HEX_VALUE: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return /[0-9A-Fa-f]/.test(character) ? Number.parseInt(character, 16) : 255
})

export const isDigit = (byte: number): boolean => byte >= ZERO && byte <= 57

export const octets = (text: string): Uint8Array =>
  Uint8Array.from(text, character => character.codePointAt(0)!)
