import { formatTarget } from '../plan/plan.ts'
import type { Target } from '../plan/plan.ts'

/**
 * What two targets share when their runs may be compared: `http on this machine`, whatever the port, as a pipeline takes
 * a free one each time; any other with host and port. The path below which the requests go belongs to it.
 */
export function classOf(target: Target): string {
  const { protocol, host, socketPath, basePath } = target
  if (socketPath !== undefined) return `unix socket on this machine${basePath}`
  return isLoopback(host.toLowerCase()) ? `${protocol} on this machine${basePath}` : formatTarget(target)
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
