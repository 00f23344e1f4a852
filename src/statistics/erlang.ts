/**
 * Share of the arrivals that find all of `servers` busy and are lost, for `load` = λ/µ erlang: B(0) = 1,
 * B(k) = a·B(k − 1)/(k + a·B(k − 1)) (Erlang, 1917; the recursion in Cooper, Introduction to Queueing Theory, 2nd ed., §3.2).
 */
export function erlangB(servers: number, load: number): number {
  let lost = 1
  for (let k = 1; k <= servers; k += 1) lost = (load * lost) / (k + load * lost)
  return lost
}

/** Share of the arrivals that have to wait where an endless queue takes them: B/(1 − ρ + ρB). 1 from ρ = 1 on. */
export function erlangC(servers: number, load: number): number {
  const busy = load / servers
  if (busy >= 1) return 1
  const lost = erlangB(servers, load)
  return lost / (1 - busy + busy * lost)
}
