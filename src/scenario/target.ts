import type { Target } from '../plan/plan.ts'
import { basicAuthorization } from './basic-authorization.ts'
import type { Fault } from './field.ts'
import { isIpv6, isHostName } from './host.ts'
import { faultInPath } from './path.ts'

export interface TargetText {
  readonly target: Target
  /** `Basic …`, where the URL has a user name. */
  readonly authorization?: string
}

type Parsed = TargetText | { readonly faults: readonly Fault[] }

/** Scheme, user, host, port, path, and what must not follow (RFC 3986, appendix B, narrowed to http). */
const URL_PARTS =
  /^(https?):\/\/(?:([^/?#]*)@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::([^:/?#]*))?(\/[^?#]*)?([?#].*)?$/i
const STANDARD_PORTS = { http: 80, https: 443 } as const
const UNIX_PARTS = /^unix:(\/[^:]*)(?::(.*))?$/

/** `http://host:8080/base`, `https://user:password@[::1]`, `unix:/run/app.sock`, `unix:/run/app.sock:/base`. */
export function parseTarget(text: string): Parsed {
  if (/^unix:/i.test(text)) return parseUnixTarget(text)
  const parts = URL_PARTS.exec(text)
  if (parts === null) return { faults: [shapeFault(text)] }
  const [, scheme = '', user, host = '', port, path = '', rest] = parts
  const protocol = scheme.toLowerCase() === 'https' ? 'https' : 'http'
  const basePath = path.replace(/\/+$/, '')
  const authorization = user === undefined ? undefined : basicAuthorization(user)
  const faults = [
    isHost(host) ? undefined : hostFault(host),
    portFault(port),
    rest === undefined ? undefined : restFault(text, rest),
    basePathFault(basePath),
    typeof authorization === 'object' ? authorization : undefined,
  ].filter(fault => fault !== undefined)
  if (faults.length > 0) return { faults }
  const target: Target = {
    protocol,
    host: host.replaceAll(/^\[|\]$/g, '').toLowerCase(),
    port: Number(port ?? STANDARD_PORTS[protocol]),
    basePath,
  }
  return typeof authorization === 'string' ? { target, authorization } : { target }
}

function parseUnixTarget(text: string): Parsed {
  const parts = UNIX_PARTS.exec(text)
  if (parts === null || /^\/*$/.test(parts[1] ?? '') || parts[1]?.includes('\0')) {
    const message = `target is ${JSON.stringify(text)}; unix: needs the absolute path of a socket`
    return { faults: [{ code: 'scenario/target-socket', message, fix: 'write target: unix:/run/app.sock' }] }
  }
  const basePath = (parts[2] ?? '').replace(/\/+$/, '')
  const fault = basePathFault(basePath)
  if (fault !== undefined) return { faults: [fault] }
  const socketPath = (parts[1] ?? '').replace(/^\/+/, '/')
  return { target: { protocol: 'http', host: 'localhost', port: 80, socketPath, basePath } }
}

/** The text has no scheme that is known here, or what follows is not `host` or `host:port`. */
function shapeFault(text: string): Fault {
  const authority = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(text)?.[1]
  if (authority !== undefined) return hostFault(authority)
  const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/+/i, '')
  const fix = /^[\w.-]+(?::\d+)?(?:\/\S*)?$/.test(rest) ? `http://${rest}` : 'http://127.0.0.1:8080'
  const message = `target is ${JSON.stringify(text)}; it must start with http://, https:// or unix:`
  return { code: 'scenario/target-scheme', message, fix: `write target: ${fix}` }
}

function restFault(text: string, rest: string): Fault {
  const message = `the target has ${JSON.stringify(rest)} after its path; queries belong to the requests`
  const fix = `write target: ${text.slice(0, -rest.length)}`
  return { code: 'scenario/target-query', message, fix }
}

function portFault(port: string | undefined): Fault | undefined {
  if (port === undefined || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    return undefined
  const message = `the port of the target is ${JSON.stringify(port)}; a port is a number from 1 to 65535`
  return { code: 'scenario/target-port', message, fix: 'write, for example, target: http://127.0.0.1:8080' }
}

const isHost = (host: string): boolean =>
  host.startsWith('[') ? isIpv6(host.slice(1, -1)) : isHostName(host)

function hostFault(host: string): Fault {
  const message = `the host of the target is ${JSON.stringify(host)}; that is no host name and no address`
  const fix = 'write a name (xn--… for other alphabets), 127.0.0.1, or an IPv6 address in brackets: [::1]'
  return { code: 'scenario/target-host', message, fix }
}

const basePathFault = (path: string): Fault | undefined =>
  path === '' ? undefined : faultInPath(path, 'the path of the target')
