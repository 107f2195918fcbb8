using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("CrmSync.Storage.Azure.Tests.Support.AzuriteFramework", "CrmSync.Storage.Azure.Tests")]

namespace CrmSync.Storage.Azure.Tests.Support;

/// <summary>Tests that need the emulator; where it cannot be started they are skipped, and say what is missing.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAzuriteAttribute : Attribute;

/// <summary>The usual framework but for what is skipped: the contract suites bring attributes of their own, which know nothing of the emulator.</summary>
public sealed class AzuriteFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink messages)
        : XunitTestFrameworkExecutor(name, sources, messages)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(testCases.Select(Choose), executionMessageSink, executionOptions);

        private IXunitTestCase Choose(IXunitTestCase test) =>
            Azurite.Missing is not null && test.TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsAzuriteAttribute)).Any()
                ? new SkippedCase(DiagnosticMessageSink, test) : test;
    }

    private sealed class SkippedCase : XunitTestCase
    {
        public SkippedCase(IMessageSink messages, IXunitTestCase test)
            : base(messages, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, test.TestMethod, test.TestMethodArguments)
        {
        }

        [Obsolete("The framework reads cases back with it.")]
        public SkippedCase()
        {
        }

        protected override string GetSkipReason(IAttributeInfo factAttribute) => Azurite.Missing!;
    }
}
