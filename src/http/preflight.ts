import type { Target } from '../plan/plan.ts'
import { formatTarget } from '../plan/plan.ts'
import type { FailureCause } from '../result/outcome.ts'
import { formatAddress, openEvent, openSocket, resolveTarget } from './address.ts'
import type { Address } from './address.ts'
import { causeOf } from './failure-of.ts'

export type Preflight =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly cause: FailureCause | 'timed-out'; readonly reason: string }

/**
 * Looks the name up and opens one connection (with its TLS handshake), without a request: is there somebody to
 * talk to? The first address that answers is the one the whole trial uses, so that a second look-up cannot
 * change the target half-way.
 */
export async function checkReachable(target: Target, timeoutMs: number): Promise<Preflight> {
  let addresses: readonly Address[]
  try {
    addresses = await resolveTarget(target)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = `the name ${target.host} cannot be resolved (${code ?? String(error)})`
    return { ok: false, cause: 'dns', reason }
  }
  let last: Preflight = { ok: false, cause: 'dns', reason: `the name ${target.host} has no address` }
  for (const address of addresses) {
    last = await tryAddress(address, target, timeoutMs)
    if (last.ok) return last
  }
  return last
}

async function tryAddress(address: Address, target: Target, timeoutMs: number): Promise<Preflight> {
  return new Promise(resolve => {
    const socket = openSocket(address)
    const resolved = formatAddress(address)
    const asked = formatTarget({ ...target, basePath: '' })
    const where = asked.endsWith(resolved) ? asked : `${asked} (${resolved})`
    const settle = (preflight: Preflight): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(preflight)
    }
    const timer = setTimeout(
      () =>
        settle({
          ok: false,
          cause: 'timed-out',
          reason: `${where} does not accept a connection within ${timeoutMs} ms`,
        }),
      timeoutMs,
    )
    socket.once(openEvent(address), () => settle({ ok: true, address }))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const cause = causeOf(error)
      settle({
        ok: false,
        cause,
        reason: `${where} ${PLAIN_WORDS[cause] ?? 'cannot be connected to'} (${error.code ?? error.message})`,
      })
    })
  })
}

const PLAIN_WORDS: Partial<Record<FailureCause, string>> = {
  refused: 'refuses connections',
  reset: 'resets connections',
  unreachable: 'cannot be reached',
  tls: 'fails the TLS handshake',
}
