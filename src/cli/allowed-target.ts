import { isIPv4 } from 'node:net'
import { formatTarget } from '../plan/plan.ts'
import type { Target } from '../plan/plan.ts'
import type { Problem } from '../units/problem.ts'

/** Load goes to this machine, or to a host that the one who types names; never to one that only a file names. */
export function forbiddenTarget(target: Target, allowed: readonly string[]): Problem | undefined {
  if (isLoopback(target)) return undefined
  const name = bare(target.host)
  if (allowed.some(host => bare(host) === name)) return undefined
  return {
    code: 'run/host-not-allowed',
    message:
      `the target ${formatTarget(target)} is not on this machine and nobody has allowed load to go there; ` +
      'a scenario that somebody else wrote must not be able to aim load at a third party',
    fix: `if you may load that host, add --allow-host ${target.host}`,
    at: { file: '--allow-host' },
  }
}

function isLoopback({ host, socketPath }: Target): boolean {
  if (socketPath !== undefined) return true
  const name = bare(host)
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'))
}

const bare = (host: string): string => host.toLowerCase().replaceAll(/^\[|\]$|\.$/g, '')
