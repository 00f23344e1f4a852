import type { Sample } from '../result/result.ts'

/** Something of the load generator's machine that connections need and that ran out. */
export interface ClientResource {
  /** After `no`: `file descriptor`. */
  readonly name: string
  readonly remedy: string
}

/** By the system's error (errno(3)) in the first failure of its kind. */
const RESOURCES: readonly (readonly [RegExp, ClientResource])[] = [
  [
    /\bEMFILE\b/,
    {
      name: 'file descriptor left to this process',
      remedy: 'raise its limit before the run, e.g. ulimit -n 65536',
    },
  ],
  [
    /\bENFILE\b/,
    {
      name: 'file descriptor left on this machine',
      remedy: "raise the machine's limit, e.g. sysctl fs.file-max=1000000",
    },
  ],
  [
    /\bEADDRNOTAVAIL\b/,
    {
      name: 'local port left on this machine',
      remedy:
        'keep connections alive rather than opening one for each request, widen the range of ports ' +
        '(sysctl net.ipv4.ip_local_port_range="1024 65535"), or spread the load over more addresses of the target ' +
        '(on loopback 127.0.0.2 and so on) or over more machines',
    },
  ],
  [
    /\bENOBUFS\b|\bENOMEM\b/,
    {
      name: 'memory for sockets left on this machine',
      remedy: 'open fewer connections at once, or raise sysctl net.ipv4.tcp_mem',
    },
  ],
]

const UNKNOWN: ClientResource = {
  name: 'descriptor or port left on this machine',
  remedy: 'raise ulimit -n, widen sysctl net.ipv4.ip_local_port_range, or open fewer connections',
}

/** What the requests that ended as `client-resources` found lacking, by the first of them that was kept. */
export function lackingResource(samples: readonly Sample[]): ClientResource {
  const heads = samples
    .filter(({ outcome }) => outcome.kind === 'never-sent' && outcome.reason === 'client-resources')
    .map(({ head }) => head)
  return RESOURCES.find(([error]) => heads.some(head => error.test(head)))?.[1] ?? UNKNOWN
}
