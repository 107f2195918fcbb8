namespace CrmSync.Storage.Sqlite.Tests.Database;

public sealed class DataDirectoryLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryAcquire_Held_SaysByWhom()
    {
        using var first = DataDirectoryLock.TryAcquire(_folder.Path, "http://127.0.0.1:5080/").Lock;
        var second = DataDirectoryLock.TryAcquire(_folder.Path);

        Assert.NotNull(first);
        Assert.Null(second.Lock);
        Assert.Equal(new DataDirectoryHolder(Environment.ProcessId, "http://127.0.0.1:5080/"), second.Holder);
    }

    [Fact]
    public void TryAcquire_AddressPublishedLater_IsTold()
    {
        using var first = DataDirectoryLock.TryAcquire(_folder.Path).Lock;
        first!.Publish("http://127.0.0.1:6000/");

        Assert.Equal("http://127.0.0.1:6000/", DataDirectoryLock.TryAcquire(_folder.Path).Holder?.Url);
    }

    [Fact]
    public void TryAcquire_AfterRelease_Succeeds()
    {
        DataDirectoryLock.TryAcquire(_folder.Path).Lock!.Dispose();

        using var second = DataDirectoryLock.TryAcquire(_folder.Path).Lock;

        Assert.NotNull(second);
    }

    [Fact]
    public void TryAcquire_FilesLeftByDeadProcess_Succeeds()
    {
        File.WriteAllText(_folder.File("crmsync.lock"), "");
        File.WriteAllText(_folder.File("crmsync.holder.json"), """{"processId":1,"url":"http://127.0.0.1:1/"}""");

        using var held = DataDirectoryLock.TryAcquire(_folder.Path).Lock;

        Assert.NotNull(held);
    }

    [Fact]
    public void TryAcquire_DirectoryMissing_MakesItForItsOwnerAlone()
    {
        var directory = _folder.File("data");

        using var held = DataDirectoryLock.TryAcquire(directory).Lock;

        Assert.NotNull(held);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        }
    }
}
