namespace CrmSync.ConnectWise.Errors;

/// <summary>What kind of thing went wrong between CrmSync and ConnectWise.</summary>
public enum ConnectWiseErrorCategory
{
    /// <summary>The keys, the company id or the client id were not accepted.</summary>
    Unauthorized,

    /// <summary>The API member's security role does not allow this.</summary>
    Forbidden,

    /// <summary>The record, or the endpoint, does not exist.</summary>
    NotFound,

    /// <summary>The request was refused as invalid.</summary>
    BadRequest,

    /// <summary>The record is in use or in a state that does not allow this (409).</summary>
    Conflict,

    /// <summary>Too many requests; the site asked for a pause.</summary>
    Throttled,

    /// <summary>The site was reached but could not answer: time-out, gateway, maintenance.</summary>
    Unavailable,

    /// <summary>The site failed over this request (500) without saying that it is temporary.</summary>
    ServerFault,

    /// <summary>What answered is not the ConnectWise API: a web page, a proxy, other text.</summary>
    NotConnectWise,

    /// <summary>The answer ended early or was damaged on its way.</summary>
    Truncated,

    /// <summary>The answer contradicts the request: records out of order, out of range, or more than asked for.</summary>
    Inconsistent,

    /// <summary>No connection: name, network, certificate, or no answer in time.</summary>
    Unreachable,

    /// <summary>The site does not know the company id.</summary>
    UnknownCompany,

    /// <summary>The site is a ConnectWise address, but not the one that serves this company's API.</summary>
    WrongSite,
}
