// libtorch's generator and thread count belong to the process, so tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
