// Processes that train would only take each other's cores, and instruments belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
