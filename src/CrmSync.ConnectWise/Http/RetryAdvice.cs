namespace CrmSync.ConnectWise.Http;

/// <summary>What the retry pipeline may do after an attempt.</summary>
internal enum RetryAdvice
{
    /// <summary>The outcome stands.</summary>
    Never,

    /// <summary>One more attempt: the cause is unknown and a second failure would say no more.</summary>
    Once,

    /// <summary>Again with growing pauses.</summary>
    WithBackoff,

    /// <summary>Again once the gate reopens: the site named the pause.</summary>
    AfterPause,
}
