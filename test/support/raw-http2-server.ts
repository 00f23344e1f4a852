import type { Socket } from 'node:net'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Address } from '../../src/http/address.ts'

const PREFACE_BYTES = 24
const HEAD_BYTES = 9
const DATA = 0
const HEADERS = 1
const RST_STREAM = 3
const SETTINGS = 4
const PING = 6
const GOAWAY = 7
const ACK = 1

/** One frame (RFC 9113 §4.1): 24 bits of length, type, flags, stream, payload. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array | string = '',
): Buffer {
  const bytes = Buffer.from(payload as string)
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUIntBE(bytes.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, bytes])
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4))
  return bytes
}

/** A header field by its name, uncompressed (RFC 7541 §6.2.2). */
export const field = (name: string, value: string): Buffer =>
  Buffer.concat([
    Buffer.from([0, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value),
  ])

/** `:status: 200` is entry 8 of the static table (RFC 7541 appendix A). */
const STATUS_200 = Buffer.from([0x88])
const END_HEADERS = 4
const END_STREAM = 1

export const head200 = (stream: number, ...fields: Buffer[]): Buffer =>
  frame(HEADERS, END_HEADERS, stream, Buffer.concat([STATUS_200, ...fields]))
export const data = (stream: number, text: string): Buffer => frame(DATA, 0, stream, text)
export const lastData = (stream: number, text: string): Buffer => frame(DATA, END_STREAM, stream, text)
export const ok = (stream: number): Buffer => Buffer.concat([head200(stream), lastData(stream, 'ok')])
export const reset = (stream: number, code: number): Buffer => frame(RST_STREAM, 0, stream, words(code))
export const goaway = (lastStream: number, code: number): Buffer =>
  frame(GOAWAY, 0, 0, words(lastStream, code))
/** SETTINGS_MAX_CONCURRENT_STREAMS has the number 3. */
export const mostStreams = (count: number): Buffer =>
  frame(SETTINGS, 0, 0, Buffer.concat([Buffer.from([0, 3]), words(count)]))
export const NO_SETTINGS: Buffer = frame(SETTINGS, 0, 0)

/** One request as it came: on which connection and stream, and the how-many-th over all, from 0. */
export interface RawStream {
  readonly socket: Socket
  readonly id: number
  readonly number: number
}

/** Knows the frames of HTTP/2 and nothing else: what it answers, and how badly, is the test's. */
export class RawHttp2Server {
  requests = 0
  connections = 0
  /** Connections on which nothing is answered any more, not even PING. */
  readonly frozen: Set<Socket> = new Set<Socket>()
  /** Error codes of the RST_STREAM frames that came. */
  readonly resets: number[] = []
  readonly open: Set<Socket> = new Set<Socket>()
  readonly #answer: (stream: RawStream) => void
  readonly #server

  constructor(answer: (stream: RawStream) => void, greet: (socket: Socket) => void) {
    this.#answer = answer
    this.#server = createServer({ noDelay: true }, socket => {
      this.connections += 1
      this.open.add(socket)
      socket.on('close', () => this.open.delete(socket))
      // The client may go away at any time; that is what is being tested.
      socket.on('error', () => {})
      greet(socket)
      let rest: Buffer = Buffer.alloc(0)
      let begun = false
      socket.on('data', (bytes: Buffer) => {
        rest = Buffer.concat([rest, bytes])
        if (!begun && rest.length >= PREFACE_BYTES) {
          begun = true
          rest = rest.subarray(PREFACE_BYTES)
        }
        if (begun) rest = this.#read(socket, rest)
      })
    })
  }

  /** `greet` is what it sends first: its SETTINGS, in order. */
  static async start(
    answer: (stream: RawStream) => void,
    greet: (socket: Socket) => void = socket => socket.write(NO_SETTINGS),
  ): Promise<RawHttp2Server> {
    const server = new RawHttp2Server(answer, greet)
    server.#server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 })
    await once(server.#server, 'listening')
    return server
  }

  get address(): Address {
    const { address, port } = this.#server.address() as AddressInfo
    return { kind: 'tcp', host: address, port }
  }

  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** Takes the whole frames from the front and gives what remains. */
  #read(socket: Socket, bytes: Buffer): Buffer {
    let at = 0
    while (bytes.length - at >= HEAD_BYTES) {
      const end = at + HEAD_BYTES + bytes.readUIntBE(at, 3)
      if (end > bytes.length) break
      this.#take(socket, bytes.subarray(at, end))
      at = end
    }
    return bytes.subarray(at)
  }

  #take(socket: Socket, whole: Buffer): void {
    const type = whole[3]
    const flags = whole[4]!
    // Without a greeting of its own it is a server that keeps silent.
    if (socket.bytesWritten === 0 || this.frozen.has(socket)) return
    if (type === SETTINGS && (flags & ACK) === 0) socket.write(frame(SETTINGS, ACK, 0))
    else if (type === PING && (flags & ACK) === 0)
      socket.write(frame(PING, ACK, 0, whole.subarray(HEAD_BYTES)))
    else if (type === RST_STREAM) this.resets.push(whole.readUInt32BE(HEAD_BYTES))
    else if (type === HEADERS) {
      this.requests += 1
      this.#answer({ socket, id: whole.readUInt32BE(5), number: this.requests - 1 })
    }
  }
}
