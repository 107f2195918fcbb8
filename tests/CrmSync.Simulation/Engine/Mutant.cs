namespace CrmSync.Simulation.Engine;

/// <summary>Ways in which the product could be wrong, each of which the simulation must notice: what proves the simulation.</summary>
public enum Mutant
{
    None,

    /// <summary>A create is sent without its external key: repeated after a lost answer, it makes a second record.</summary>
    CreateRepeatedBlindly,

    /// <summary>Records are overwritten without a backup.</summary>
    OverwriteWithoutBackup,

    /// <summary>The CRM's snapshot is what was sent, not what the CRM made of it.</summary>
    SnapshotOfWhatWasSent,

    /// <summary>Links are not kept.</summary>
    LinksForgotten,

    /// <summary>Snapshots are not kept.</summary>
    SnapshotsForgotten,

    /// <summary>Pages are counted off, not read behind the last id.</summary>
    PagesByNumber,

    /// <summary>Reading ends after some records and does not say so.</summary>
    ReadingCapped,

    /// <summary>Records that are inactive come in.</summary>
    InactiveIgnored,

    /// <summary>The results of a batch are taken in another order.</summary>
    ResultsSwapped,

    /// <summary>A refused record is taken for a written one.</summary>
    RefusalIgnored,

    /// <summary>Fields that nobody mapped are written too.</summary>
    UnmappedWritten,

    /// <summary>Nobody looks whether the CRM has a record already.</summary>
    CandidatesIgnored,

    /// <summary>E-mail addresses are compared with case.</summary>
    EmailComparedWithCase,

    /// <summary>Phone numbers are compared as they are written.</summary>
    PhoneComparedRaw,

    /// <summary>Of several that match equally well, the first is taken.</summary>
    AmbiguousTakesFirst,

    /// <summary>Of several that want one record equally, each gets it.</summary>
    ContestedTakenByAll,

    /// <summary>What the plan expected of a record is not looked at before it is overwritten.</summary>
    PreconditionIgnored,

    /// <summary>The count after the reading is taken to be what was read.</summary>
    CountNotCompared,

    /// <summary>A record that was deleted in the CRM since is created anew.</summary>
    DeletedCreatedAnew,
}
