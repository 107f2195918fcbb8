// Hosts and simulators share the machine's cores; one after the other they are faster than beside each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
