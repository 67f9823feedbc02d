//! Work in as many threads as there are processors.

/// What `work` makes of each item, in the order of the items. `begin` is called with the items that are begun together.
pub fn each<T: Send, R: Send>(
    items: &mut [T],
    begin: &mut dyn FnMut(&[T]),
    work: impl Fn(&mut T) -> R + Sync,
) -> Vec<R> {
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    let mut done = Vec::with_capacity(items.len());
    for some in items.chunks_mut(at_once) {
        begin(some);
        std::thread::scope(|scope| {
            let threads: Vec<_> = some.iter_mut().map(|item| scope.spawn(|| work(item))).collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            done.extend(joined.map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))));
        });
    }
    done
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_is_kept() {
        let mut begun = 0;
        let squares = super::each(&mut [3, 1, 2], &mut |some| begun += some.len(), |item| *item * *item);
        assert_eq!((squares, begun), (vec![9, 1, 4], 3));
    }
}
