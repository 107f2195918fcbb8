using CrmSync.Core.Matching;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CrmSync.Core.Tests.Matching;

/// <summary>D5: every normal form is total and idempotent, over texts that look like the real ones and over noise.</summary>
[Properties(Arbitrary = [typeof(Texts)], MaxTest = 2000)]
public sealed class NormaliseProperties
{
    [Property]
    public bool Phone_NormalFormOfANormalForm_IsItself_D5(string? text) => IsStable(text, value => Normalise.Phone(value, "US"));

    [Property]
    public bool Website_NormalFormOfANormalForm_IsItself_D5(string? text) => IsStable(text, Normalise.Website);

    [Property]
    public bool CompanyName_NormalFormOfANormalForm_IsItself_D5(string? text) => IsStable(text, Normalise.CompanyName);

    [Property]
    public bool PersonName_NormalFormOfANormalForm_IsItself_D5(string? text) => IsStable(text, value => Normalise.PersonName(value, null));

    [Property]
    public bool Email_NormalFormOfANormalForm_IsItself_D5(string? text) => IsStable(text, Normalise.Email);

    [Property]
    public bool Sku_NormalFormOfANormalForm_IsItself_D5(string? text) => IsStable(text, Normalise.Sku);

    [Property]
    public bool CompanyName_LegalFormAndDressAdded_StaysTheSame_CO3(NonEmptyString text)
    {
        var name = Normalise.CompanyName(text.Get);
        return name is null || Normalise.CompanyName($"  {text.Get.ToUpperInvariant()},  Inc. ") == Normalise.CompanyName(text.Get.ToUpperInvariant());
    }

    [Theory]
    [InlineData("co&")]
    [InlineData("Acme Co &")]
    public void CompanyName_LegalFormAddedToADanglingAnd_StaysTheSame_CO3(string name) =>
        Assert.Equal(Normalise.CompanyName(name), Normalise.CompanyName($"{name}, Inc."));

    // A mutant: one legal form comes off each time, so that a second look sees another name.
    [Fact]
    public void Stability_OfANormaliserThatIsNotIdempotent_IsFound_D5()
    {
        static string? TakesOneOff(string? text) =>
            text is { Length: > 3 } && text.EndsWith("Inc", StringComparison.Ordinal) ? text[..^3] : text is { Length: > 0 } ? text : null;

        Assert.ThrowsAny<Exception>(() => Prop.ForAll(Texts.String(), text => IsStable(text, TakesOneOff))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(1, 1)));
    }

    private static bool IsStable(string? text, Func<string?, string?> normalise) =>
        normalise(text) is not { } form || (form.Length > 0 && normalise(form) == form);

    private static class Texts
    {
        private static readonly string[] Pieces =
        [
            "Acme", "acme", "Inc", "Inc.", "LLC", "L.L.C.", "GmbH", "Co", "&", "and", " ", "  ", "-", ",", ".", "'", "’", "Müller", "Ærø", "Łódź", "İstanbul", "ß", "ﬁ",
            "🚀", "\u200b", "\0", "\ud83d", "株式会社", "(212)", "555", "0123", "+1", "+49", "x401", "ext. 7", "www.", "https://", "http://", ".com", ".co.uk", "/path",
            ":8080", "@", "?q=1", "#", "facebook.com", "a@b.com", "\t", "\n", "́", "Ⅻ", "①", "ﷺ", "™",
        ];

        public static Arbitrary<string?> String() => Gen.OneOf(
            Gen.Elements(Pieces).ListOf().Select(pieces => (string?)string.Concat(pieces)),
            ArbMap.Default.GeneratorFor<string?>()).ToArbitrary();
    }
}
