export interface Endpoint {
  /** Name or address, an IPv6 one without brackets; empty for all addresses of the machine, where something listens. */
  readonly host: string
  readonly port: number
}

/** What sizing does not know and a configuration has to name. Taken as it is: who reads it from a user checks it. */
export interface Addresses {
  readonly listen: Endpoint
  /** The first n are used; missing ones are made up. */
  readonly backends: readonly Endpoint[]
  /** Path whose answer says that a backend lives; cheap, and without what backends share. */
  readonly healthPath: string
}

export const PLACEHOLDERS: Addresses = { listen: { host: '', port: 8080 }, backends: [], healthPath: '/' }

/** A file with more of them would be written by a program, not by hand. */
const MOST_LISTED = 1000
const BACKEND_PORT = 8080

/** One endpoint for each backend: given ones first, then addresses that are set aside for tests and belong to nobody (RFC 2544). */
export function backendEndpoints(backends: number, given: readonly Endpoint[]): readonly Endpoint[] {
  return Array.from({ length: Math.min(backends, MOST_LISTED) }, (_, i) => {
    const number = i + 1
    return given[i] ?? { host: `198.18.${number >> 8}.${number & 255}`, port: BACKEND_PORT }
  })
}

/** `10.0.0.1:80`, `[::1]:80`, `:80`. */
export const hostAndPort = ({ host, port }: Endpoint): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`
