import type { Target } from '../plan/plan.ts'
import { formatTarget } from '../plan/plan.ts'
import type { Transport } from '../plan/transport.ts'
import type { FailureCause } from '../result/outcome.ts'
import { formatAddress, resolveTarget } from './address.ts'
import type { Address } from './address.ts'
import { causeOf } from './failure-of.ts'
import { SocketOpener } from './open-socket.ts'
import { tlsAdvice } from './tls-advice.ts'
import { readTlsMaterial } from './tls-material.ts'

export type Preflight =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly cause: FailureCause | 'timed-out'; readonly reason: string }

/**
 * Looks the name up and opens one connection (with its TLS handshake), without a request: is there somebody to
 * talk to, and with the right protocol? The first address that answers is the one the whole trial uses, so that a
 * second look-up cannot change the target half-way.
 */
export async function checkReachable(
  target: Target,
  transport: Transport,
  timeoutMs: number,
): Promise<Preflight> {
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
    last = await tryAddress(address, target, transport, timeoutMs)
    if (last.ok) return last
  }
  return last
}

async function tryAddress(
  address: Address,
  target: Target,
  transport: Transport,
  timeoutMs: number,
): Promise<Preflight> {
  const resolved = formatAddress(address)
  const asked = formatTarget({ ...target, basePath: '' })
  const where = asked.endsWith(resolved) ? asked : `${asked} (${resolved})`
  const failed = (cause: FailureCause | 'timed-out', words: string): Preflight => ({
    ok: false,
    cause,
    reason: `${where} ${words}`,
  })
  let opener: SocketOpener
  try {
    const tls = target.protocol === 'https' ? readTlsMaterial(transport.tls, target.host) : undefined
    opener = new SocketOpener(address, tls, transport.protocol)
  } catch (error) {
    return failed('tls', `was not tried: its TLS files cannot be used (${(error as Error).message})`)
  }
  return new Promise(resolve => {
    const socket = opener.open()
    const settle = (preflight: Preflight): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(preflight)
    }
    const timer = setTimeout(
      () => settle(failed('timed-out', `does not accept a connection within ${timeoutMs} ms`)),
      timeoutMs,
    )
    socket.once(opener.event, () => {
      const spoken = opener.spoken(socket)
      if (transport.protocol !== 'h2' || spoken === 'h2') settle({ ok: true, address })
      else
        settle(
          failed('tls', 'speaks no HTTP/2 over TLS (ALPN); write http: 1.1 in the scenario, or --http 1.1'),
        )
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const cause = causeOf(error)
      const words = PLAIN_WORDS[cause] ?? 'cannot be connected to'
      const advice = cause === 'tls' ? `; ${tlsAdvice(error)}` : ''
      settle(failed(cause, `${words} (${error.code ?? error.message})${advice}`))
    })
  })
}

const PLAIN_WORDS: Partial<Record<FailureCause, string>> = {
  refused: 'refuses connections',
  reset: 'resets connections',
  unreachable: 'cannot be reached',
  tls: 'fails the TLS handshake',
}
