using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CrmSync.Simulator.Faults;

namespace CrmSync.Simulator.CommandLine;

/// <summary>What the simulator's command line says.</summary>
internal sealed record Arguments(SimulatorOptions Options, string? CrmSeedFile)
{
    public const string Usage =
        """
        Options, each followed by its value:
          --port <n>           loopback port; 0 for any (0)
          --seed <n>           draws the account and the faults (1)
          --companies <n>      and --contacts, --catalog, --activities, --opportunities, --members: records in each list
          --latency <ms>       what every request takes at least (0)
          --codebase <folder>  release folder (v2025_1)
          --company <id>       and --public-key, --private-key: the credentials that are accepted
          --on-premises        not in the cloud (no value)
          --faults <list>      kind=share, comma between: too-many-requests, timeout, pool-timeout, opaque-error, html-bad-gateway,
                               html-success, truncated-json, connection-reset, slow
          --crm-seed <file>    writes the records that were in the CRM before, one JSON object a line
        """;

    /// <summary>Reads the arguments; false with the problem in words when one is wrong.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out Arguments? arguments, out string problem)
    {
        arguments = new Arguments(new SimulatorOptions(), null);
        problem = "";
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--on-premises")
            {
                arguments = arguments with { Options = arguments.Options with { IsCloud = false } };
                continue;
            }

            if (i + 1 == args.Length)
            {
                problem = $"{args[i]} needs a value.";
            }
            else if (With(arguments, args[i], args[++i]) is { } next)
            {
                arguments = next;
                continue;
            }
            else
            {
                problem = $"{args[i - 1]} {args[i]} is not understood.";
            }

            arguments = null;
            return false;
        }

        return true;
    }

    private static Arguments? With(Arguments arguments, string name, string value)
    {
        var options = arguments.Options;
        var text = name switch
        {
            "--codebase" => options with { Codebase = value },
            "--company" => options with { CompanyId = value },
            "--public-key" => options with { PublicKey = value },
            "--private-key" => options with { PrivateKey = value },
            "--faults" => Faults(value) is { } rates ? options with { FaultRates = rates } : null,
            _ => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? WithNumber(options, name, number) : null,
        };
        return name == "--crm-seed" ? arguments with { CrmSeedFile = value } : text is null ? null : arguments with { Options = text };
    }

    private static SimulatorOptions? WithNumber(SimulatorOptions options, string name, int number) => name switch
    {
        "--port" => options with { Port = number },
        "--seed" => options with { Seed = number },
        "--companies" => options with { Companies = number },
        "--contacts" => options with { Contacts = number },
        "--catalog" => options with { CatalogItems = number },
        "--activities" => options with { Activities = number },
        "--opportunities" => options with { Opportunities = number },
        "--members" => options with { Members = number },
        "--latency" => options with { Latency = TimeSpan.FromMilliseconds(number) },
        _ => null,
    };

    private static Dictionary<FaultKind, double>? Faults(string list)
    {
        var rates = new Dictionary<FaultKind, double>();
        foreach (var part in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=') is not [var name, var share]
                || !Enum.TryParse<FaultKind>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind)
                || !double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
                || rate > 1)
            {
                return null;
            }

            rates[kind] = rate;
        }

        return rates;
    }
}
