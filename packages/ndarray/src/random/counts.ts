import type { Drawn, Given } from './distribute.ts'
import * as table from './distributions.ts'
import { Reals } from './reals.ts'
import type { Real } from './values.ts'

/**
 * Distributions of counts, in int64: one value is a bigint. What is said of {@link Reals} holds of them, too.
 * Draws are accepted or rejected by logarithms and exponentials, so that all but a share of about 10⁻¹⁶ are
 * NumPy's.
 */
export abstract class Counts extends Reals {
  /**
   * Events of which `lam` (default 1) are expected.
   *
   * ```ts
   * using photons = nd.random.defaultRng(0).poisson(3.5, { size: [512, 512] })
   * ```
   * @throws DTypeError for a mean below 0, NaN, or too large for counts of 64 bits.
   */
  poisson<const A extends Given<'int64', [] | [lam: Real | undefined]>>(...given: A): Drawn<'int64', A> {
    return this.draw(table.poisson, given)
  }

  /**
   * Successes in `n` trials of probability `p`, as NumPy up to 2.4 draws them (later ones correct an error
   * term). `n` is an integer ≥ 0, or an array of a dtype whose integers fit int64.
   * @throws DTypeError
   */
  binomial<const A extends Given<'int64', [n: Real, p: Real]>>(...given: A): Drawn<'int64', A> {
    return this.draw(table.binomial, given)
  }

  /** Trials of probability `p` up to the first success, that one among them. @throws DTypeError */
  geometric<const A extends Given<'int64', [p: Real]>>(...given: A): Drawn<'int64', A> {
    return this.draw(table.geometric, given)
  }

  /** Failures before the `n`-th success; `n` > 0 may be a fraction. @throws DTypeError */
  negativeBinomial<const A extends Given<'int64', [n: Real, p: Real]>>(...given: A): Drawn<'int64', A> {
    return this.draw(table.negativeBinomial, given)
  }
}
