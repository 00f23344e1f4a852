import type { Connection } from './connection.ts'

/** Whoever closes first keeps the port for a minute (TIME-WAIT, RFC 9293 §3.6.1), so the server is left this long. */
const LINGER_NS = 250e6

/** Connections whose last answer has come and whose turn it is to be closed by the server. */
export class Lingering {
  readonly #connections = new Set<Connection>()

  add(connection: Connection, now: number): void {
    connection.closeAt = now + LINGER_NS
    this.#connections.add(connection)
  }

  has(connection: Connection): boolean {
    return this.#connections.has(connection)
  }

  /** The server closed it. False when it was not among them. */
  remove(connection: Connection): boolean {
    return this.#connections.delete(connection)
  }

  /** Closes those that were left long enough. They are in the order in which their time comes. */
  sweep(now: number): void {
    for (const connection of this.#connections) {
      if (connection.closeAt > now) return
      this.#connections.delete(connection)
      connection.destroy()
    }
  }
}
