/** `[10/Oct/2000:13:55:36 -0700]`, behind the host, identity and user of the Common Log Format. */
const INSTANT =
  /^\S+ \S+ .*?\[(\d{2})\/(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})\] "/

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MS_PER_MINUTE = 60_000

/**
 * The minute, since 1970 in UTC, of a line in Common or Combined Log Format (Apache HTTP Server, mod_log_config; nginx's default).
 * Undefined where the line is not in that format, or names no instant.
 */
export function logMinute(line: string): number | undefined {
  const match = INSTANT.exec(line)
  if (match === null) return undefined
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = match
  const [d, h, m, s] = [day, hour, minute, second].map(Number) as [number, number, number, number]
  const ms = Date.UTC(Number(year), MONTHS.indexOf(month!), d, h, m)
  // 60: a leap second.
  const isInstant = new Date(ms).getUTCDate() === d && h < 24 && m < 60 && s <= 60
  const zone = Number(zoneHours) * 60 + Number(zoneMinutes)
  if (!isInstant || zone > 14 * 60) return undefined
  return ms / MS_PER_MINUTE - (sign === '-' ? -zone : zone)
}
