namespace CrmSync.ConnectWise.Documents;

/// <summary>A picture or document as ConnectWise holds it.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type, as the site says; <c>application/octet-stream</c> when it says nothing.</param>
/// <param name="FileName">Its file name; empty when the site says none. Not fit to be used as a path.</param>
public sealed record ConnectWiseDocument(ReadOnlyMemory<byte> Content, string ContentType, string FileName);
