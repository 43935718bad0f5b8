document.getElementById("page")!.textContent = "TcpLens";
export {};
