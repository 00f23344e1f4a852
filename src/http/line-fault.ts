import { COLON, CR, IS_TEXT, IS_TOKEN, SPACE, TAB, ZERO, isDigit, octets } from './octets.ts'
import type { InvalidReason } from './invalid-reason.ts'

const HTTP_1 = octets('HTTP/1.')
const VERSION_AT = 5

/** Bytes that are no HTTP/1.x are told by their first ones, and need not be waited on for the end of a line. */
export function prefixFault(bytes: Uint8Array, length: number): InvalidReason | undefined {
  for (let i = 0; i < HTTP_1.length && i < length; i += 1)
    if (bytes[i] !== HTTP_1[i]) return i < VERSION_AT ? 'not-http' : 'http-version'
  return undefined
}

/** What is wrong with bytes that no line may have; `lineFeed` is where the line feed stands that ends it. */
function byteFault(bytes: Uint8Array, lineFeed: number): InvalidReason | undefined {
  const last = lineFeed - 1
  for (let i = 0; i < last; i += 1)
    if (IS_TEXT[bytes[i]!] === 0) return bytes[i] === CR ? 'bare-carriage-return' : 'control-byte'
  return last >= 0 && bytes[last] === CR ? undefined : 'bare-line-feed'
}

/** Why a line that starts with `HTTP/1.` and ends at `lineFeed` is not a status line. */
export function statusLineFault(bytes: Uint8Array, lineFeed: number): InvalidReason {
  const fault = byteFault(bytes, lineFeed)
  if (fault !== undefined) return fault
  if (lineFeed < 9 || !isDigit(bytes[7]!) || bytes[8] !== SPACE) return 'status-line'
  let digits = 0
  while (isDigit(bytes[9 + digits]!)) digits += 1
  const threeFrom100 = digits === 3 && bytes[9] !== ZERO
  return digits === 0 || threeFrom100 ? 'status-line' : 'status-code'
}

/** Why a line that ends at `lineFeed` is no field line. */
export function fieldLineFault(bytes: Uint8Array, lineFeed: number): InvalidReason {
  const fault = byteFault(bytes, lineFeed)
  if (fault !== undefined) return fault
  if (bytes[0] === SPACE || bytes[0] === TAB) return 'folded-line'
  let name = 0
  while (IS_TOKEN[bytes[name]!] === 1) name += 1
  let colon = name
  while (bytes[colon] === SPACE || bytes[colon] === TAB) colon += 1
  return name > 0 && bytes[colon] === COLON ? 'space-before-colon' : 'header-name'
}

/** Why a line that ends at `lineFeed` does not give the size of a chunk. */
export function chunkLineFault(bytes: Uint8Array, lineFeed: number): InvalidReason {
  return byteFault(bytes, lineFeed) ?? 'chunk-size'
}
