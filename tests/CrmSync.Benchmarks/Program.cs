using CrmSync.Benchmarks;

// Children of the benchmarks themselves: a process of their own for what is to be measured alone.
if (args is ["import-child", .. var rest])
{
    return await ImportChild.RunAsync(rest);
}

if (args is ["sync-child", .. var those])
{
    return await SyncChild.RunAsync(those);
}

var runs = args.Length > 1 && int.TryParse(args[1], out var number) && number > 0 ? number : 5;
switch (args.FirstOrDefault() ?? "all")
{
    case "import":
        await ImportBenchmark.RunAsync(runs);
        return 0;
    case "memory":
        await MemoryBenchmark.RunAsync(runs);
        return 0;
    case "directory":
        await DirectoryBenchmark.RunAsync(args.Length > 1 ? runs : 5_000, args.Length > 2 && int.TryParse(args[2], out var times) && times > 0 ? times : 5);
        return 0;
    case "all":
        await ImportBenchmark.RunAsync(runs);
        await MemoryBenchmark.RunAsync(runs);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: CrmSync.Benchmarks [import | memory | all] [runs]
                   CrmSync.Benchmarks directory [members] [runs]
              import  a whole account of 250,000 records at 200 ms a page and 4 requests at once, held against its floor and against connectwise-rest
              memory  peak memory between 25,000 and 500,000 records
              directory  whole syncs of 5,000 members with a SCIM directory (scimmy), held against a bare HttpClient
            """);
        return 2;
}
