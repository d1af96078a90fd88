console.log('lint: nothing to check yet');
