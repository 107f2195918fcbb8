using CrmSync.Benchmarks;

// Children of the benchmarks themselves: a process of their own for what is to be measured alone.
if (args is ["import-child", .. var rest])
{
    return await ImportChild.RunAsync(rest);
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
        await DirectoryBenchmark.RunAsync(runs, args.Length > 2 && int.TryParse(args[2], out var times) && times > 0 ? times : 3);
        return 0;
    case "all":
        await ImportBenchmark.RunAsync(runs);
        await MemoryBenchmark.RunAsync(runs);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: CrmSync.Benchmarks [import | memory | all] [runs]
                   CrmSync.Benchmarks directory [employees, such as 5000] [runs]
              import  a whole account of 250,000 records at 200 ms a page and 4 requests at once, held against its floor and against connectwise-rest
              memory  peak memory between 25,000 and 500,000 records
              directory  the first sync and a full reading of a SCIM directory (scimmy), held against a bare HttpClient
            """);
        return 2;
}
