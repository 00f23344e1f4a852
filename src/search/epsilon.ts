/** ε: a target that loses more than this beyond its baseline does not carry the load. */
export const EPSILON = 0.01
