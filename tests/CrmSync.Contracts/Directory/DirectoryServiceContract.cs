using System.Security.Cryptography;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Employees;

/// <summary>What a directory says about itself, its test (EM-2), its profiles (EM-6) and pictures (EM-10).</summary>
public abstract class DirectoryServiceContract : DirectoryContract
{
    [Fact]
    public void Describe_Always_HasWhatNobodyCanBeWithout()
    {
        Assert.Superset(new HashSet<string> { FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Email, FieldKeys.Active }, Able.Fields.ToHashSet());
        Assert.True(Able is { BatchSize: > 0, WriteConcurrency: > 0 });
    }

    [Fact]
    public async Task Test_DirectoryThatWorks_PassesAndLeavesNothing_EM2()
    {
        var other = await Harness.AddAsync("Jane", "Doe", Jane);
        var before = await ReadAsync(other);

        var report = await Directory.TestAsync(None);

        Assert.True(report.Passed, string.Join(" | ", report.Checks.Where(check => !check.Passed).Select(check => $"{check.Subject}: {check.Cause}")));
        Assert.True(report.Checks.Count > 2);
        Assert.All(report.Checks, check => Assert.True(check is { Cause: null, Remedy: null }));
        var left = Assert.Single(await ReadAllAsync(Harness.Open()));
        Assert.Equal((other, before.UpdatedAt), (left.Id, left.UpdatedAt));
    }

    [Fact]
    public async Task Profiles_OneOfThose_CanBeGiven_EM6()
    {
        var profiles = await Directory.ReadProfilesAsync(None);
        var fields = Employee();
        if (!Able.Fields.Contains(FieldKeys.Profile))
        {
            Assert.Empty(profiles!);
            return;
        }

        fields[FieldKeys.Profile] = profiles?[0] ?? "technician";

        var id = await CreateAsync(fields);

        Assert.Equal(fields[FieldKeys.Profile], (await ReadAsync(id)).Fields[FieldKeys.Profile]);
    }

    [Fact]
    public async Task Picture_GivenReplacedAndTakenAway_IsWhatTheDirectoryHolds_EM10()
    {
        var id = await CreateAsync(Employee());
        if (Able.Pictures == PictureWay.None)
        {
            AssertRefused(await Directory.WritePictureAsync(id, Picture(1), None));
            return;
        }

        foreach (var picture in (PublishedPicture?[])[Picture(1), Picture(2), Picture(2), null, null])
        {
            var result = await Directory.WritePictureAsync(id, picture, None);

            Assert.Null(result.Error);
            var held = !Harness.KeepsPictures ? null
                : Able.Pictures == PictureWay.Content ? picture?.Picture.Hash : picture?.Address!.AbsoluteUri;
            Assert.Equal((id, held), (result.Id, result.Stored![FieldKeys.Picture]));
            Assert.Equal(held, await Harness.PictureOfAsync(id));
        }

        AssertHolds(Employee(), (await ReadAsync(id)).Fields);
    }

    [Fact]
    public async Task Picture_OfNobody_IsRefused()
    {
        AssertRefused(await Directory.WritePictureAsync(new CrmId("E-999999"), Picture(1), None));
    }

    [Fact]
    public async Task Picture_WithoutAnAddress_IsRefusedWhereOneIsNeeded()
    {
        var id = await CreateAsync(Employee());

        var result = await Directory.WritePictureAsync(id, Picture(1) with { Address = null }, None);

        Assert.Equal(Able.Pictures == PictureWay.Content, result.Error is null);
    }

    private static PublishedPicture Picture(byte content)
    {
        byte[] bytes = [0x89, 0x50, 0x4e, 0x47, content];
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return new PublishedPicture(new Picture(hash, "image/png", bytes), new Uri($"https://pictures.example.org/{hash}.png?signature=a%2Bb"));
    }
}
