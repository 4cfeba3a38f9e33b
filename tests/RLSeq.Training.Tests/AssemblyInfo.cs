// libtorch's generator, thread count and live-handle count belong to the process, so tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
