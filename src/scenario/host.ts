/** A host name of RFC 1123 (underscores are met in practice), or an IPv4 address of four decimal parts. */
export function isHostName(host: string): boolean {
  if (/^[\d.]+$/.test(host)) return isIpv4(host)
  return (
    host.length <= 253 &&
    /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?$/i.test(host)
  )
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** RFC 4291, section 2.2: eight groups, one run of zeros as `::`, the last two groups also as IPv4. */
export function isIpv6(text: string): boolean {
  const sides = text.split('::')
  if (sides.length > 2) return false
  const groups = sides.flatMap(side => (side === '' ? [] : side.split(':')))
  const last = groups.at(-1) ?? ''
  const asIpv4 = last.includes('.')
  if (asIpv4 && !isIpv4(last)) return false
  const hex = asIpv4 ? groups.slice(0, -1) : groups
  const count = hex.length + (asIpv4 ? 2 : 0)
  return hex.every(group => /^[0-9a-f]{1,4}$/i.test(group)) && (sides.length === 2 ? count < 8 : count === 8)
}
