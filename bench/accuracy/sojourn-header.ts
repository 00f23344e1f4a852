const HEADER = 'x-lab-sojourn-us: '

/** The truth that an answer of the lab carries; undefined where these bytes hold none. */
export function readSojournUs(bytes: Buffer): number | undefined {
  const at = bytes.indexOf(HEADER, 0, 'latin1')
  if (at < 0) return undefined
  let value = 0
  let digits = 0
  for (let i = at + HEADER.length; i < bytes.length; i += 1) {
    const digit = bytes[i]! - 48
    if (digit < 0 || digit > 9) return digits > 0 ? value : undefined
    value = value * 10 + digit
    digits += 1
  }
  return undefined
}
