namespace CrmSync.Simulation.Employees;

/// <summary>Ways in which the employee sync could be wrong, each of which its simulation must notice.</summary>
public enum EmployeeMutant
{
    None,

    /// <summary>A linked member that ConnectWise does not list is taken for one who has left.</summary>
    AbsentTakenForLeaver,

    /// <summary>The guards speak when the first page is written.</summary>
    GuardAfterTheFirstPage,

    /// <summary>The limits are not looked at.</summary>
    LimitsIgnored,

    /// <summary>What is applied after an approval is a new plan, not the one that was shown.</summary>
    PlannedAnewAtApproval,

    /// <summary>An employee is a member's by the e-mail address alone.</summary>
    MatchedByEmailAlone,

    /// <summary>Protected employees are written too.</summary>
    ProtectionIgnored,

    /// <summary>A create is sent without its external key: repeated after a lost answer, it makes a second employee.</summary>
    CreateRepeatedBlindly,

    /// <summary>The directory's snapshot is what was sent, not what the directory made of it: a leaver whom it kept active is forgotten.</summary>
    SnapshotOfWhatWasSent,

    /// <summary>An invitation whose fate is unknown is sent once more.</summary>
    UnknownFateSentAgain,

    /// <summary>An invitation is marked when it was sent, not before.</summary>
    MarkedAfterSending,

    /// <summary>Employees are overwritten without a backup.</summary>
    OverwriteWithoutBackup,
}
