import { hostAndPort } from './addresses.ts'
import type { Endpoint } from './addresses.ts'

/** `8080`, `127.0.0.1:8080`. */
export const listenAt = (listen: Endpoint): string =>
  listen.host === '' ? `${listen.port}` : hostAndPort(listen)
