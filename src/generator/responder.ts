import { once } from 'node:events'
import { createServer as createHttp2 } from 'node:http2'
import { createServer as createPlain } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import type { Transport } from '../plan/transport.ts'

/** What a small page of a common web server looks like. */
const BODY = 'ok'
const ANSWER: Buffer = Buffer.from(
  'HTTP/1.1 200 OK\r\nServer: responder\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n' +
    `Content-Type: text/plain\r\nContent-Length: ${BODY.length}\r\nConnection: keep-alive\r\n\r\n${BODY}`,
)

export interface Responder {
  readonly port: number
  close(): void
}

/**
 * A server in this thread that does next to nothing: the generator's own limit shows against it. HTTP/1.1 requests
 * must come whole, one at a time and without a body, as the rehearsal and the calibration send them.
 */
export async function startResponder(protocol: Transport['protocol']): Promise<Responder> {
  const server = protocol === 'h2' ? http2Server() : plainServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

function plainServer(): Server {
  return createPlain({ noDelay: true }, socket => {
    socket.on('data', () => socket.write(ANSWER))
    socket.on('error', () => socket.destroy())
  })
}

function http2Server(): Server {
  const server = createHttp2()
  server.on('stream', stream => {
    stream.on('error', () => stream.destroy())
    stream.respond({ ':status': 200, 'content-type': 'text/plain' })
    stream.end(BODY)
  })
  return server
}
