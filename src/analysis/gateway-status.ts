/** Statuses that gateways answer with when what stands behind them fails; 520 to 527 are Cloudflare's. */
export function isGatewayStatus(status: number): boolean {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 527)
}
