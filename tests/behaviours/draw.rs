//! Draws at random, the same for the same seed.

/// A stream of random numbers (SplitMix64: Steele, Lea, Flood 2014).
pub struct Draw(u64);

impl Draw {
    /// A stream that depends on a seed and on what it is for.
    pub fn new(seed: u64, what: &str) -> Self {
        let salt = what
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Draw(salt ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `count`, which is not 0.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// One of a list that is not empty.
    pub fn one<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }

    /// So many different ones of a list, or all of a shorter one, in random order.
    pub fn some<'l, T>(&mut self, list: &'l [T], count: usize) -> Vec<&'l T> {
        let mut order: Vec<usize> = (0..list.len()).collect();
        let count = count.min(order.len());
        for at in 0..count {
            let other = at + self.below(order.len() - at);
            order.swap(at, other);
        }
        order[..count].iter().map(|&at| &list[at]).collect()
    }
}
